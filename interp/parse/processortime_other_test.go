//go:build !linux

package parse

import "time"

var begin = time.Now()

// processorTime is the time of day where there is no other.
func processorTime() time.Duration { return time.Since(begin) }
