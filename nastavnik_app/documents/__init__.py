"""Texts that schools sign: the wording of orders, the data of printed documents, PDF, Word and spreadsheets.
Nothing is decided here and nothing fetched from the network; what is printed, its reader may read."""
