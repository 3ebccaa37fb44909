"""Who people are in the portal, and what each may see and do."""
