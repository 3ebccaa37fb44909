"""Work that is done apart from answering pages: a durable queue in the portal's database, and workers that execute it."""
