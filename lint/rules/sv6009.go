package rules

import (
	"strings"

	"sysv/lint"
)

func sv6009() *lint.Rule {
	return &lint.Rule{
		ID: "SV6009", Name: "secret-on-command-line", Severity: lint.Warning, Since: "0.2",
		Title: "a password is given on a command line",
		Text: `Every user sees the command lines of all processes (ps). Give secrets by a file that
only the service can read, by standard input or by the environment.`,
		Bad:  "mysqladmin --user=root --password=\"$PASSWORD\" shutdown",
		Good: "mysqladmin --defaults-file=/etc/mysql/debian.cnf shutdown",
		Run: func(p *lint.Pass) {
			for _, c := range p.Calls {
				if c.Function != nil {
					continue
				}
				switch c.Name {
				case "echo", "printf", "[", "test", "export", "local", "log_failure_msg", "log_warning_msg", "read", "unset", "case", "grep", "sed":
					continue
				}
				for i, a := range c.Args {
					name, value, has := strings.Cut(a, "=")
					if !has {
						value = c.Arg(i + 1)
					}
					if secret(name) && value != "" && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "-") {
						p.ReportCall(c, "%q shows its value to every user", name)
						break
					}
					if (strings.HasPrefix(c.Name, "mysql") || strings.HasPrefix(c.Name, "mariadb")) && strings.HasPrefix(a, "-p") && len(a) > 2 {
						p.ReportCall(c, "-p shows the password to every user")
						break
					}
				}
			}
		},
	}
}

// secret says that an option takes a secret.
func secret(name string) bool {
	if !strings.HasPrefix(name, "-") {
		return false
	}
	switch strings.ToLower(strings.ReplaceAll(strings.TrimLeft(name, "-"), "_", "-")) {
	case "password", "passwd", "pass", "secret", "token", "api-key", "apikey", "auth-token", "passphrase", "requirepass":
		return true
	}
	return false
}
