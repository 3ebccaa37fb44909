"""A web site read as a person would click through it: pages, links, headings and documents, with the path that leads to each.

`page` reads one page, `addresses` and `traps` keep a crawl from running in circles, `frontier` says what is asked next, `crawl`
puts them together. Nothing here asks the network: who crawls hands in a function that does, politely.
"""
