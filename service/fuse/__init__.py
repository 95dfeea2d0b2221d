"""From judged candidates to findings: overlap order, primary and secondary labels, characters to time."""
