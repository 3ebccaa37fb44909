"""The portal: pages, search and downloads over the read model, served by Django. It stands on top of the engine."""
