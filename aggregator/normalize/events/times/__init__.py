"""The words of a text -> the days and hours that it names."""
