//go:build linux && !amd64

package updatercd_test

import "errors"

// trace is there on amd64 alone.
func trace(string, []string, int, bool) (traced, error) { return traced{}, errors.ErrUnsupported }
