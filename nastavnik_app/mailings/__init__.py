"""Reports that come by mail: which go to whom and when, the messages, and what became of each."""
