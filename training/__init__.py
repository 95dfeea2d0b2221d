"""From labelled utterances to models. Imports `service`; never the other way round."""
