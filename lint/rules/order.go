package rules

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/runlevel"
)

// usual is what Debian's insserv.conf says, for a directory without a tree
// that has one.
const usual = `$local_fs +mountall +mountall-bootclean +mountoverflowtmp +umountfs
$network +networking +ifupdown +network
$named +named +dnsmasq +lwresd +bind9 +unbound $network
$remote_fs $local_fs +mountnfs +mountnfs-bootclean +umountnfs +sendsigs
$syslog +rsyslog +sysklogd +syslog-ng +dsyslog +inetutils-syslogd
$portmap +rpcbind
$time +hwclock
`

// configs are the files that say what facilities stand for.
func configs(root fs.FS) []runlevel.ConfigFile {
	out := []runlevel.ConfigFile{{Shown: "/etc/insserv.conf", Data: []byte(usual)}}
	if root == nil {
		return out
	}
	if data, err := fs.ReadFile(root, "etc/insserv.conf"); err == nil {
		out[0].Data = data
	}
	entries, _ := fs.ReadDir(root, "etc/insserv.conf.d")
	for _, e := range slices.Backward(entries) {
		if !lsb.ConfigName(e.Name(), nil) {
			continue
		}
		if data, err := fs.ReadFile(root, path.Join("etc/insserv.conf.d", e.Name())); err == nil {
			out = append(out, runlevel.ConfigFile{Shown: "/etc/insserv.conf.d/" + e.Name(), Data: data})
		}
	}
	return out
}

// enabled is what insserv makes of all scripts of a directory, each enabled
// as its header says.
func enabled(t *lint.Tree) (*runlevel.Sequence, error) {
	m := memory{}
	in := &runlevel.Insserv{
		FS: m, Dir: "etc/init.d", ShownDir: "/etc/init.d", Depend: "etc/init.d/.", ShownDepend: "/etc/init.d/.",
		Configs: configs(t.Root), Defaults: true, Force: true, Silent: true,
		Overrides:      [2]string{"etc/insserv/overrides", "usr/share/insserv/overrides"},
		ShownOverrides: [2]string{"/etc/insserv/overrides", "/usr/share/insserv/overrides"},
	}
	for _, n := range t.Scripts {
		if !n.Header.Found() || lsb.Ignored(n.Name, nil) != "" {
			continue
		}
		m["etc/init.d/"+n.Name] = n.Header.Print()
		in.Scripts = append(in.Scripts, runlevel.Argument{Name: n.Name})
	}
	if len(m) == 0 {
		return nil, fs.ErrNotExist
	}
	return in.Plan()
}

// services finds the scripts of a directory by what they provide.
type services struct {
	by map[string][]*lint.Neighbour
}

func servicesOf(t *lint.Tree) services {
	s := services{by: map[string][]*lint.Neighbour{}}
	for _, n := range t.Scripts {
		if lsb.Ignored(n.Name, nil) != "" {
			continue
		}
		seen := map[string]bool{}
		for _, w := range n.Header.Words(lsb.Provides) {
			if !seen[w.Text] {
				seen[w.Text] = true
				s.by[w.Text] = append(s.by[w.Text], n)
			}
		}
		if !seen[n.Name] && len(seen) == 0 {
			s.by[n.Name] = append(s.by[n.Name], n)
		}
	}
	return s
}

// behind are the scripts that run before one, by all that it asks for and all
// that these ask for.
func (s services) behind(n *lint.Neighbour, stands map[string][]string) map[string]bool {
	seen := map[string]bool{}
	var visit func(n *lint.Neighbour)
	var name func(word string)
	name = func(word string) {
		if strings.HasPrefix(word, "$") && !seen[word] {
			seen[word] = true
			for _, w := range stands[word] {
				name(strings.TrimPrefix(w, "+"))
			}
			return
		}
		for _, next := range s.by[word] {
			if !seen[next.Name] {
				seen[next.Name] = true
				visit(next)
			}
		}
	}
	visit = func(n *lint.Neighbour) {
		for _, k := range []lsb.Key{lsb.RequiredStart, lsb.ShouldStart} {
			for _, w := range n.Header.Words(k) {
				name(w.Text)
			}
		}
	}
	visit(n)
	return seen
}

// stands is what facilities stand for.
func stands(root fs.FS) map[string][]string {
	out := map[string][]string{}
	for _, c := range configs(root) {
		for _, e := range lsb.ParseConfig(c.Shown, c.Data).Entries {
			if e.Facility() {
				for _, w := range e.Words {
					out[e.Name] = append(out[e.Name], w.Text)
				}
			}
		}
	}
	return out
}

// system says that a tree is that of a whole machine, and not of one package:
// it has a shell and something that runs scripts.
func system(t *lint.Tree) bool {
	if t.Root == nil || !t.Whole {
		return false
	}
	shell := false
	for _, f := range []string{"bin/sh", "usr/bin/sh", "bin/busybox"} {
		if _, err := fs.Stat(t.Root, f); err == nil {
			shell = true
		}
		// A link whose target is below another root.
		if l, ok := t.Root.(fs.ReadLinkFS); ok {
			if _, err := l.Lstat(f); err == nil {
				shell = true
			}
		}
	}
	return shell
}
