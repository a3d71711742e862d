"""Reports that come by mail: which go to whom and when, the messages, and what became of each.
No figure is counted here: a message is what the reports say to its reader."""
