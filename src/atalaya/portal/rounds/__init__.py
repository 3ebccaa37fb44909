"""Rounds as the portal runs them: by schedule or by hand, rechecks between them, and the editions that come of them."""
