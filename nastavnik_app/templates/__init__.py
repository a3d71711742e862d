"""Jinja: `print/` the papers, `reports/` reports as files, `emails/` letters, `pages/` what a link in a letter opens.
No query and no decision here. A file in `pages/` becomes a page of the site: no README there."""
