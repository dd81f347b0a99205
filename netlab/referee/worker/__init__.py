"""The process that runs an answer: it closes itself in, then does what the referee's lines say."""
