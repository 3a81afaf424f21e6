//go:build linux

package updatercd_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEmbedded holds OpenEmbedded's style to its rules. With
// SYSV_OE_UPDATE_RC_D the path of OpenEmbedded's script, each case is compared
// with that, too.
func TestEmbedded(t *testing.T) { enter(t, insideVar+"=embedded") }

// embeddedCase is a call in a tree that has the scripts a and started, which
// prints its argument; "$ROOT" in it is a second tree with the script b.
type embeddedCase struct {
	name    string
	differs string
	tree    []string
	env     []string
	args    string
	status  int
	stdout  string
	stderr  string
	// links are those of both trees afterwards, without "etc/rc", in order.
	links string
}

const (
	usageOE = "usage: update-rc.d [-n] [-f] [-r <root>] <basename> remove\n" +
		"       update-rc.d [-n] [-r <root>] [-s] <basename> defaults [NN | sNN kNN]\n" +
		"       update-rc.d [-n] [-r <root>] [-s] <basename> start|stop NN runlvl [runlvl] [...] .\n" +
		"\t\t-n: not really\n\t\t-f: force\n\t\t-v: verbose\n\t\t-r: alternate root path (default is /)\n" +
		"\t\t-s: invoke start methods if appropriate to current runlevel\n"
	addedA  = " Adding system startup for /etc/init.d/a.\n"
	addedB  = " Adding system startup for /t/etc/init.d/b.\n"
	existsA = " System startup links for /etc/init.d/a already exist.\n"
)

const (
	reasonOctal  = "printf(1) takes 08 and 09 for numbers to the base 8, and makes 00 of them"
	reasonNumber = "what is no number from 0 to 99 makes names that rc does not read as they are meant"
)

func embeddedCases() []embeddedCase {
	linked := []string{"etc/rc2.d/S30a -> ../init.d/a", "etc/rc0.d/K10a -> ../init.d/a"}
	return []embeddedCase{
		{name: "no arguments", args: "", status: 1, stderr: usageOE},
		{name: "no action", args: "a", status: 1, stderr: usageOE},
		{name: "another action", args: "a enable", status: 1, stderr: usageOE},
		{name: "another option", args: "-x a defaults", status: 1, stderr: usageOE},
		{name: "help", args: "--help", stderr: usageOE},
		{name: "defaults", args: "a defaults", stdout: addedA, links: "0.d/K20a 1.d/K20a 2.d/S20a 3.d/S20a 4.d/S20a 5.d/S20a 6.d/K20a"},
		{name: "defaults with a number", args: "a defaults 7", stdout: addedA, links: "0.d/K07a 1.d/K07a 2.d/S07a 3.d/S07a 4.d/S07a 5.d/S07a 6.d/K07a"},
		{name: "defaults with two numbers", args: "a defaults 30 70", stdout: addedA, links: "0.d/K70a 1.d/K70a 2.d/S30a 3.d/S30a 4.d/S30a 5.d/S30a 6.d/K70a"},
		{name: "defaults with three numbers", args: "a defaults 1 2 3", status: 1, stderr: "defaults takes only one or two arguments\n" + usageOE},
		{name: "no script", args: "none defaults", status: 1, stderr: "update-rc.d: /etc/init.d/none: file does not exist\n"},
		{name: "lists", args: "a start 5 S . stop 40 0 6 . start 99 2 .", stdout: addedA, links: "0.d/K40a 2.d/S99a 6.d/K40a S.d/S05a"},
		{name: "a list without its end", args: "a start 5 S", status: 1, stderr: "action with list of runlevels not terminated by `.'\n"},
		{name: "a list that is none", args: "a start 5 S . restart 5 S .", status: 1, stderr: "expected start or stop\n" + usageOE},
		{name: "a list of nothing", args: "a start 5 .", stdout: addedA},
		{name: "links are there", tree: linked, args: "a defaults", stdout: existsA, links: "0.d/K10a 2.d/S30a"},
		{name: "a file is no link", tree: []string{"etc/rc7.d/S30a=file"}, args: "a start 20 2 .", stdout: addedA, links: "2.d/S20a 7.d/S30a"},
		{name: "any two characters are a number", tree: []string{"etc/rc9.d/Sxya -> z"}, args: "a defaults", stdout: existsA, links: "9.d/Sxya"},
		{name: "remove", tree: linked, args: "-f a remove", stderr: "update-rc.d: /etc/init.d/a exists during rc.d purge (continuing)\n",
			stdout: " Removing any system startup links for a ...\n  /etc/rc0.d/K10a\n  /etc/rc2.d/S30a\n"},
		{name: "remove a script that is there", tree: linked, args: "a remove", status: 1,
			stderr: "update-rc.d: /etc/init.d/a exists during rc.d purge (use -f to force)\n", links: "0.d/K10a 2.d/S30a"},
		{name: "remove without links", args: "gone remove", stdout: " Removing any system startup links for gone ...\n"},
		{name: "-n remove", tree: []string{"etc/rc2.d/S30gone -> ../init.d/gone"}, args: "-n gone remove", links: "2.d/S30gone",
			stdout: " Removing any system startup links for gone ...\n  /etc/rc2.d/S30gone\n"},
		{name: "-n -v", args: "-n -v a start 20 2 5 . stop 3 0 .",
			stdout: addedA + "  /etc/rc2.d/S20a -> ../init.d/a\n  /etc/rc5.d/S20a -> ../init.d/a\n  /etc/rc0.d/K03a -> ../init.d/a\n"},
		{name: "another root", args: "-r /t b defaults 30", stdout: addedB,
			links: "0.d/K30b 1.d/K30b 2.d/S30b 3.d/S30b 4.d/S30b 5.d/S30b 6.d/K30b"},
		{name: "another root, no script", args: "-r /t a defaults", status: 1, stderr: "update-rc.d: /t/etc/init.d/a: file does not exist\n"},
		{name: "-s starts in the current runlevel", args: "-s a start 20 2 5 . stop 20 0 .", stdout: addedA + "/etc/rc5.d/S20a start\n",
			links: "0.d/K20a 2.d/S20a 5.d/S20a"},
		{name: "-s restarts what is there", tree: []string{"etc/rc5.d/S11a -> ../init.d/a"}, args: "-s a defaults", stdout: existsA + "/etc/rc5.d/S11a restart\n", links: "5.d/S11a"},
		{name: "-s of another runlevel", args: "-s a start 20 2 .", stdout: addedA, links: "2.d/S20a"},

		{name: "08", differs: reasonOctal, args: "a start 08 2 .", stdout: addedA, links: "2.d/S08a"},
		{name: "a number of three digits", differs: reasonNumber, args: "a defaults 100", status: 1, stderr: "update-rc.d: 100: is no number from 0 to 99\n"},
		{name: "a number that is none", differs: reasonNumber, args: "a defaults x", status: 1, stderr: "update-rc.d: x: is no number from 0 to 99\n"},
		{name: "a runlevel twice, embedded", differs: "a link is made once; the original has ln(1) complain", args: "a start 20 2 2 .", stdout: addedA, links: "2.d/S20a"},
		{name: "a list without a number", differs: "the shell's own message of a shift", args: "a start", status: 1, stderr: "action with list of runlevels not terminated by `.'\n"},
		{name: "-n -s", differs: "with -n ours starts nothing; the original calls the link that it has not made", args: "-n -s a start 20 5 .", stdout: addedA},
	}
}

func embeddedStyle(dir string) error {
	original := os.Getenv("SYSV_OE_UPDATE_RC_D")
	bad := 0
	for i, c := range embeddedCases() {
		text, err := c.check(filepath.Join(dir, fmt.Sprint(i)), original)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if text != "" {
			bad++
			fmt.Printf("%s: update-rc.d %s\n%s", c.name, c.args, text)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d cases fail", bad, len(embeddedCases()))
	}
	fmt.Printf("%d cases of OpenEmbedded's style, compared with the original: %v\n", len(embeddedCases()), original != "")
	return nil
}

func (c embeddedCase) check(dir, original string) (string, error) {
	p, err := build(dir, setup{})
	if err != nil {
		return "", err
	}
	roots := []string{p.ours}
	if original != "" {
		text, err := os.ReadFile(original)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(p.original, "sbin/update-rc.d"), text, 0o755); err != nil {
			return "", err
		}
		roots = append(roots, p.original)
	}
	var r [2]result
	for i, root := range roots {
		script := "#!/bin/sh\necho \"$0 $1\"\n"
		lines := append([]string{"etc/init.d/a=" + script, "t/etc/init.d/b=" + script, "sbin/runlevel=#!/bin/sh\necho N 5\n",
			"etc/os-release=ID=mine\nID_LIKE=\"x poky\"\n"}, c.tree...)
		if err := plantLines(root, lines); err != nil {
			return "", err
		}
		if err := plantLines(root, []string{"t/etc/os-release=ID=nodistro\n"}); err != nil {
			return "", err
		}
		if r[i], err = call(root, c.env, "update-rc.d", strings.Fields(c.args)...); err != nil {
			return "", err
		}
		below, err := listing(filepath.Join(root, "t/etc"))
		if err != nil {
			return "", err
		}
		r[i].tree = append(r[i].tree, below...)
	}
	var out strings.Builder
	if original != "" {
		d := differ(r[1], r[0])
		if c.differs == "" {
			out.WriteString(d)
		} else if d == "" {
			out.WriteString("  does not differ any more\n")
		}
	}
	var links []string
	for _, l := range r[0].tree {
		if rest, ok := strings.CutPrefix(l, "rc"); ok && !strings.HasSuffix(l, "/") {
			name, _, _ := strings.Cut(rest, " ")
			name, _, _ = strings.Cut(name, "=")
			links = append(links, name)
		}
	}
	for _, x := range [][3]string{
		{"status", fmt.Sprint(c.status), fmt.Sprint(r[0].status)}, {"stdout", c.stdout, r[0].stdout},
		{"stderr", c.stderr, r[0].stderr}, {"links", c.links, strings.Join(links, " ")},
	} {
		if x[1] != x[2] {
			fmt.Fprintf(&out, "  %s: got %q, want %q\n", x[0], x[2], x[1])
		}
	}
	return out.String(), nil
}
