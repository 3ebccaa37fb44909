"""An inspection as people read it, in their language: the same sentences for the terminal and for a page of HTML."""
