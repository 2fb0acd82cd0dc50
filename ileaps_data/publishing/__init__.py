"""The parts of the workspace: what people publish, in versions, on Delta Lake."""
