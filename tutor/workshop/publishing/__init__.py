"""The lessons as pages that need no kernel: what the site and the slides share.

``page_outputs`` turns an executed notebook's outputs into plain HTML (live charts with a picture behind
them, questions that the page itself answers), ``exporter`` writes Markdown and formulas,
``assets`` the files that such a page loads: all of them local.
"""
