"""Thin HTTP: routes translate and never decide. Base /v1, JSON, problem details (RFC 9457) for every refusal."""
