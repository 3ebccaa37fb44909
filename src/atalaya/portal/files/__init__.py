"""Files that people send: judged before they are kept, kept apart, and never handed out as a page of this site."""
