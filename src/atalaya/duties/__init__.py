"""Legal duties to publish: what a site shows is matched to the duties of a law, and a verdict follows for each period.

Pure: no network, no store, no clock. `mentions` is what a crawl hands over, `matching` ties it to duties, `verdicts` judges.
"""
