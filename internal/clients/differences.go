//go:build linux

package clients

// knownDifferences is the table of them.
func knownDifferences() []Known {
	return []Known{
		{Case: "*", Field: "files", Line: "+ /etc/.sysv-links.lock ", Reason: "changes of links are made under a lock"},
		{Case: "*", Field: "files", Line: "+ /run/sysv", Reason: "one action at a time on a service: each has a lock there"},
		{Case: "*", Field: "files", Line: "+ /var/log/sysv", Reason: "what a service's script says is kept, with the time"},
		{Case: "ansible service by a path", Reason: "a name with a slash is no service's: it could lead out of /etc/init.d"},
		{Case: "*", Line: "+ insserv:   /", Reason: "where insserv warns of a script, ours says in which file and line, in a line more"},
	}
}
