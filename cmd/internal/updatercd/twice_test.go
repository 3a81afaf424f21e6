//go:build linux

package updatercd_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// longestWait is how long one of two calls may take that are made at once.
const longestWait = time.Second

// TestTwoAtOnce makes two calls at once, again and again: each must end soon,
// and no link may be lost. The tree goes on from round to round.
func TestTwoAtOnce(t *testing.T) {
	rounds := os.Getenv("SYSV_ROUNDS")
	if rounds == "" {
		rounds = "100"
	}
	enter(t, insideVar+"=twice", "SYSV_ROUNDS="+rounds)
}

func twoAtOnce(dir string) error {
	rounds, err := strconv.Atoi(os.Getenv("SYSV_ROUNDS"))
	if err != nil {
		return err
	}
	s := scene{}
	p, err := build(dir, setup{})
	if err != nil {
		return err
	}
	if err := s.plant(p.ours); err != nil {
		return err
	}
	etc := filepath.Join(p.ours, "etc")
	old, err := listing(etc)
	if err != nil {
		return err
	}
	off := slices.Clone(old)
	for i, l := range off {
		if strings.HasPrefix(l, "rc") && strings.Contains(l, "/S01s01") {
			off[i] = strings.Replace(l, "/S01", "/K01", 1)
		}
	}
	slices.Sort(off)
	var slowest time.Duration
	for n := range rounds {
		// Two scripts of which the one's links are renamed and the other's
		// removed or made, in the same directories.
		action, last := "disable", "remove"
		want := off
		if n%2 == 1 {
			action, last, want = "enable", "defaults", old
		}
		var wg sync.WaitGroup
		var took [2]time.Duration
		var errs [2]error
		for i, calls := range [2][][]string{{{"s010", action}, {"s011", action}, {"s012", action}, {"s013", action}, {"s014", action}},
			{{"s015", action}, {"s016", action}, {"s017", action}, {"s018", action}, {"s019", action}, {"s090", last}}} {
			wg.Go(func() {
				for _, args := range calls {
					start := time.Now()
					r, err := run(p.ours, nil, "update-rc.d", args...)
					took[i] = max(took[i], time.Since(start))
					if err == nil && r.status != 0 {
						err = fmt.Errorf("%q: %+v", args, r)
					}
					if err != nil {
						errs[i] = err
					}
				}
			})
		}
		wg.Wait()
		for i := range errs {
			if errs[i] != nil {
				return errs[i]
			}
			slowest = max(slowest, took[i])
		}
		now, err := listing(etc)
		if err != nil {
			return err
		}
		if n%2 == 0 {
			now = append(now, linksOf("s090")...)
			slices.Sort(now)
		}
		if !slices.Equal(now, want) {
			return fmt.Errorf("round %d: lost %q, added %q", n, without(want, now), without(now, want))
		}
	}
	fmt.Printf("%d rounds of 5 and 6 calls at once: no link lost, the longest call %v\n", rounds, slowest.Round(time.Millisecond))
	if slowest > longestWait {
		return fmt.Errorf("a call took %v", slowest)
	}
	return nil
}

func linksOf(name string) []string {
	var links []string
	for _, l := range "0123456" {
		kind := "K"
		if strings.ContainsRune("2345", l) {
			kind = "S"
		}
		links = append(links, "rc"+string(l)+".d/"+kind+"01"+name+" -> ../init.d/"+name)
	}
	return links
}
