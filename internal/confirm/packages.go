//go:build linux

package confirm

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed packages.txt
var packageList string

// EveryRun is how many packages of the list, from its head, an ordinary run
// compares; the rest takes longer and is for now and then.
const EveryRun = 60

// Packages reads the value of --packages: a number (that many from the head of
// the list), "all", or names separated by commas, which need not be listed.
func Packages(which string) ([]string, error) {
	all := strings.Fields(packageList)
	if which == "all" {
		return all, nil
	}
	n, err := strconv.Atoi(which)
	if err != nil {
		return strings.Split(which, ","), nil
	}
	if n < 1 {
		return nil, fmt.Errorf("--packages %d: want a number above 0, all, or names", n)
	}
	return all[:min(n, len(all))], nil
}
