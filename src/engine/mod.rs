//! What is known about a set of files. No browser, no clock, no input or output.
