"""Tables, mapping, unit of work and migrations: the only place with SQLAlchemy."""
