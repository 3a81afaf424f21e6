package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv3005() *lint.Rule {
	return &lint.Rule{
		ID: "SV3005", Name: "network-without-limit", Severity: lint.Warning, Since: "0.2",
		Title: "a network program is run without a limit of time",
		Text: `Without a network, or with one that swallows packets, these programs wait for
minutes or for ever, and the boot with them. Give them their option for a limit,
or run them under ` + "`timeout`" + `.`,
		Bad:  "wget -q -O /run/example.list http://example.org/list",
		Good: "timeout 20 wget -q -O /run/example.list http://example.org/list",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				asks := c.Has("hosts", "ahosts", "ahostsv4", "ahostsv6")
				if c.Name == "hostname" || c.Name == "dnsdomainname" {
					asks = c.HasFlag('f') || c.HasFlag('A') || c.HasFlag('d') || c.Has("--fqdn", "--long", "--all-fqdns", "--domain") || c.Name[0] == 'd'
				}
				if asks && !c.Wrapped("timeout") && !c.Background() {
					p.ReportCall(c, "%s asks the name service, and waits for it", c.Name).Severity = lint.Info
				}
			}, "getent", "hostname", "dnsdomainname")
			p.EachCall(func(c *script.Call) {
				if c.Wrapped("timeout") || c.Background() || len(c.Args) == 0 || limited(c) || c.Has("--help", "--version", "-V", "-h") || c.Words[0].Line == 0 && c.Line == 0 {
					return
				}
				p.ReportCall(c, "%s has no limit of time: without a network it keeps the action waiting", c.Name)
			}, "wget", "curl", "ping", "ping6", "nc", "ncat", "netcat", "telnet", "ssh", "scp", "sftp", "ftp", "rsync", "nslookup", "host", "dig", "smbclient", "showmount", "rpcinfo", "git", "svn")
		},
	}
}

// limited says that a network program has an option that ends it.
func limited(c *script.Call) bool {
	switch c.Name {
	case "wget":
		_, ok := option(c, "--timeout", "-T")
		return ok || c.HasFlag('T') || c.Has("--spider") && c.HasFlag('T')
	case "curl":
		_, ok := option(c, "--max-time", "-m")
		return ok || c.HasFlag('m') || strings.HasPrefix(c.Arg(len(c.Args)-1), "file:") || c.Has("--unix-socket")
	case "ping", "ping6":
		return c.HasFlag('c') || c.HasFlag('w')
	case "nc", "ncat", "netcat":
		return c.HasFlag('w') || c.HasFlag('U') || c.HasFlag('l') || c.Has("localhost", "127.0.0.1")
	case "ssh", "scp", "sftp":
		for _, a := range c.Args {
			if strings.Contains(a, "ConnectTimeout") {
				return true
			}
		}
		return false
	case "rsync":
		for _, a := range c.Args {
			if strings.Contains(a, "::") || strings.Contains(a, "rsync://") || strings.Contains(a, "@") && strings.Contains(a, ":") {
				_, ok := option(c, "--timeout", "--contimeout")
				return ok
			}
		}
		return true
	case "git", "svn":
		return !c.Has("clone", "fetch", "pull", "checkout", "update") || c.Name == "git" && c.Has("checkout")
	case "dig":
		for _, a := range c.Args {
			if strings.HasPrefix(a, "+time=") {
				return true
			}
		}
		return false
	case "host":
		return c.HasFlag('W')
	case "rpcinfo", "showmount":
		// Of this machine alone.
		return len(operands(c, "anT")) == 0 || c.Has("localhost", "127.0.0.1", "-u")
	}
	return false
}
