// This file is empty: a package with a function that has no body, such as the one that
// go:linkname gives one in search.go, must have an assembly file.
