package mutants

import (
	"regexp"
	"strings"
)

func processes() []Kind {
	return []Kind{
		{Name: "--stop loses --pidfile", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("stop") {
				o := m.s.StartStop(c)
				if o.PIDFile != "" && (o.Exec != "" || o.Name != "" || o.User != "") && m.remove(c, true, "--pidfile", "-p") {
					return true
				}
			}
			return false
		}},
		{Name: "--stop has only --pidfile", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("stop") {
				o := m.s.StartStop(c)
				if o.PIDFile == "" || o.Exec == "" && o.Name == "" && o.User == "" || !c.Has("--pidfile", "-p") {
					continue
				}
				return m.remove(c, true, "--exec", "-x", "--name", "-n", "--user", "-u")
			}
			return false
		}},
		{Name: "--stop has nothing to look for", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("stop") {
				if m.remove(c, true, "--exec", "-x", "--name", "-n", "--user", "-u", "--pidfile", "-p") {
					return true
				}
			}
			return false
		}},
		{Name: "kill $(cat PIDFILE)", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("stop") {
				if f := m.value(c, "--pidfile", "-p"); f != "" {
					return m.whole(c, "kill $(cat "+f+")")
				}
			}
			return false
		}},
		{Name: "killall NAME", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("stop") {
				return m.whole(c, "killall "+plain(m.name))
			}
			return false
		}},
		{Name: "pkill -f NAME", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("stop") {
				return m.whole(c, "pkill -f "+plain(m.name))
			}
			return false
		}},
		{Name: "kill $(pidof NAME)", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("stop") {
				return m.whole(c, "kill $(pidof "+plain(m.name)+")")
			}
			return false
		}},
		{Name: "the pid file in /tmp", Family: "SV5", mutate: func(m *maker) bool { return movePIDFile(m, "/tmp/") }},
		{Name: "the pid file in /var/lib", Family: "SV5", mutate: func(m *maker) bool { return movePIDFile(m, "/var/lib/") }},
		{Name: "ps | grep in status", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.s.Calls {
				if c.Name == "status_of_proc" && c.Words[0].At.Known() && m.s.Action("status") != nil {
					return m.whole(c, "ps ax | grep -v grep | grep -q "+plain(m.name))
				}
			}
			return false
		}},
		{Name: "pidof in status", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.s.Calls {
				if c.Name == "status_of_proc" && c.Words[0].At.Known() && m.s.Action("status") != nil {
					return m.whole(c, "pidof "+plain(m.name)+" > /dev/null")
				}
			}
			return false
		}},
		{Name: "--exec of an interpreter", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("start") {
				if o := m.s.StartStop(c); o.Exec != "" && !strings.Contains(o.Exec, "python") && m.remove(c, true, "--exec", "-x") {
					return m.add(c, "--exec /usr/bin/python3")
				}
			}
			return false
		}},
		{Name: "--name too long", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("stop") {
				m.remove(c, true, "--name", "-n")
				return m.add(c, "--name "+plain(m.name)+"-daemon-process")
			}
			return false
		}},
		{Name: "start and stop with different pid files", Family: "SV5", mutate: func(m *maker) bool {
			starts, stops := m.calls("start"), m.calls("stop")
			if len(starts) != 1 || len(stops) != 1 || strings.Count(m.text, "start-stop-daemon") > 4 {
				return false
			}
			a, b := m.s.StartStop(starts[0]), m.s.StartStop(stops[0])
			if a.PIDFile == "" || a.PIDFile != b.PIDFile || strings.Contains(a.PIDFile, "$") || !m.remove(stops[0], true, "--pidfile", "-p") {
				return false
			}
			return m.add(stops[0], "--pidfile /run/"+plain(m.name)+"-other.pid")
		}},
		{Name: "everybody can write the pid file's directory", Family: "SV5", mutate: func(m *maker) bool {
			for _, c := range m.calls("start") {
				f := m.s.StartStop(c).PIDFile
				if d := directory(f); strings.HasPrefix(f, "/") && d != "/run" && d != "/var/run" && !strings.Contains(f, "$") {
					return m.beforeStart("chmod 777 " + d)
				}
			}
			return false
		}},
		{Name: "KILL at once", Family: "SV5", mutate: func(m *maker) bool {
			if strings.Count(m.text, "--stop") != 1 || strings.Contains(m.text, "kill") {
				return false
			}
			for _, c := range m.calls("stop") {
				if m.remove(c, true, "--retry", "-R") {
					m.remove(c, true, "--signal", "-s")
					return m.add(c, "--signal KILL")
				}
			}
			return false
		}},
		{Name: "--make-pidfile, and nothing removes it", Family: "SV5", mutate: func(m *maker) bool {
			if strings.Contains(m.text, "rm ") || strings.Contains(m.text, "remove-pidfile") || strings.Contains(m.text, "killproc") {
				return false
			}
			for _, c := range m.calls("start") {
				if o := m.s.StartStop(c); o.PIDFile != "" && !o.Background && !o.MakePID {
					return m.add(c, "--background --make-pidfile")
				}
			}
			return false
		}},
	}
}

// movePIDFile puts the pid file of the script's variable elsewhere.
func movePIDFile(m *maker, where string) bool {
	at := regexp.MustCompile(`(?m)^PIDFILE="?(/var/run/|/run/)`).FindStringSubmatchIndex(m.text)
	if at == nil {
		return false
	}
	return m.replace(at[2], at[3], where)
}

func security() []Kind {
	top := func(name, line string) Kind {
		return Kind{Name: name, Family: "SV6", Adds: true, mutate: func(m *maker) bool { return m.top(strings.ReplaceAll(line, "NAME", plain(m.name))) }}
	}
	return []Kind{
		started("SV6", "a file of a known name in /tmp", "date > /tmp/NAME.started"),
		started("SV6", "a file with $$ in /tmp", "grep -v '^#' /etc/NAME.conf > /tmp/NAME.$$"),
		started("SV6", "chown -R of the user's directory", "chown -R daemon:daemon /var/lib/NAME"),
		started("SV6", "chmod -R of the user's directory", "chmod -R g+rwX /var/lib/NAME"),
		started("SV6", "chmod 777", "chmod 777 /var/lib/NAME"),
		started("SV6", "umask 0", "umask 000"),
		started("SV6", "install -m 666", "install -m 666 /dev/null /var/log/NAME-extra.log"),
		top("a file of /tmp is sourced", ". /tmp/NAME.conf"),
		top("a relative file is sourced", ". ./NAME.conf"),
		started("SV6", "eval of a file", "eval $(grep '^PORT=' /etc/NAME/NAME.conf)"),
		top("PATH with the current directory", "PATH=.:/sbin:/usr/sbin:/bin:/usr/bin"),
		top("LD_LIBRARY_PATH with an empty part", "export LD_LIBRARY_PATH=/usr/lib/NAME:$LD_LIBRARY_PATH"),
		started("SV6", "su - USER -c", "su - daemon -c \"/usr/lib/NAME/prepare\""),
		started("SV6", "a password on a command line", "mysqladmin --user=root --password=\"$DB_SECRET\" ping > /dev/null"),
		started("SV6", "rm -rf $DIR/*", "rm -rf $CACHE_OF_IT/*"),
		started("SV6", "curl | sh", "curl -m 20 -s http://www.example.org/setup | sh"),
		started("SV6", "wget --no-check-certificate", "wget -T 20 -q --no-check-certificate -O /run/NAME.list https://www.example.org/list"),
	}
}
