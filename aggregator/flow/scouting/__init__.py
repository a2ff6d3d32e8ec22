"""Looking at sources beside the flow: addresses and entries -> what they offer, how they fare."""
