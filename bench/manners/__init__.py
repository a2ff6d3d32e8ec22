"""From the servers' log: does the fetcher keep its manners over weeks of runs?"""
