"""The portal under load: a large country that nobody has, the portal over it, and visitors who come at fixed moments."""
