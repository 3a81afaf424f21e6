package rehearse

import "strings"

// defaultsFiles are the files of settings that there are for the script.
func (t *trial) defaultsFiles() []string {
	var l []string
	name := base(t.r.at)
	for _, f := range []string{"/etc/default/" + name, "/etc/sysconfig/" + name, "/etc/conf.d/" + name} {
		if strings.Contains(string(t.r.o.Source), "/etc/default") || strings.Contains(string(t.r.o.Source), "/etc/sysconfig") || strings.Contains(string(t.r.o.Source), "/etc/conf.d") || t.r.read.initD {
			if _, err := t.m.Stat(f); err == nil {
				l = append(l, f)
			}
		}
	}
	return l
}

func unreadable(string) (string, bool) { return "", true }
func crlf(s string) (string, bool)     { return strings.ReplaceAll(s, "\n", "\r\n"), false }
func bytesAdded(s string) (string, bool) {
	return "# caf\xe9 \xff\n" + s + "# \xc3\x28\n", false
}

// actDefaults is the scenario of a defaults file that was changed; nil removes
// it.
func actDefaults(change func(string) (text string, dir bool)) func(*trial) {
	return func(t *trial) {
		files := t.defaultsFiles()
		if len(files) == 0 {
			t.na("start", "there is no defaults file")
			return
		}
		for _, f := range files {
			text, err := readText(t.m, f)
			if err != nil {
				continue
			}
			t.m.Hide(f)
			if change == nil {
				continue
			}
			if text, dir := change(text); dir {
				t.m.AddDir(f, 0o755)
			} else {
				t.m.WriteFile(f, 0o644, text)
			}
		}
		o, ok := t.step("start")
		if !ok {
			return
		}
		switch {
		case o.n() == 0 && (o.status == 0 || o.status == 6):
			t.pass("start", "start exits %d and starts nothing", o.status)
		case o.n() == 1 && o.status == 0:
			t.pass("start", "start exits 0, one daemon runs")
		case o.n() > 0:
			t.fail(ruleDisabled, "start", t.startPlace(o), "start exits %d, and %s", o.status, counted(o.n()))
		default:
			t.judge(o.status < 126, ruleDisabled, "start", t.placeOf("start"), "start says that it failed", "start exits %d: the script itself breaks off", o.status)
		}
	}
}
