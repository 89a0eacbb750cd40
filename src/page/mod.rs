//! The page: draws what the worker answers. Never sees the engine.
