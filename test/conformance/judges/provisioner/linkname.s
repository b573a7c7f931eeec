// This file is empty: a package with a function that has no body, such as the ones that
// go:linkname gives one in checks.go, must have an assembly file.
