"""The programme: its roadmap become tasks, what is counted and against which target, its review, its next year.
No reading of documents here (`roadmap/`), and nothing that goes to an authority as figures (`returns/`)."""
