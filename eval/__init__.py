"""Quality and speed, measured. Imports `service` and `training`; never the other way round in `service`."""
