"""What vectors need to be measured by."""
