"""What a site that is there already needs once, in a folder for each version; `patches.txt` says in which order.
A patch that was released is not changed any more, and nothing imports it."""
