"""Problems that people report about datasets, resources, findings and duties: received, reviewed, answered, closed."""
