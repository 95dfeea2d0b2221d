"""The text classifier: protocol, ONNX Runtime engine, scores → calibrated candidates."""
