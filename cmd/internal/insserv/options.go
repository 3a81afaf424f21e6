package insserv

import (
	"strings"

	"sysv/runlevel"
	"sysv/system"
)

// options are the command line's.
type options struct {
	config, path, override, dependDir, upstart, root string
	defaults, remove, force, silent, dryRun, showAll bool
	recursive                                        bool
	verbose                                          int
	operands                                         []string
}

// longOption is a long option, the letter for which it stands, and whether it
// wants an argument.
type longOption struct {
	name   string
	letter byte
	arg    bool
}

// rootOption is the letter of --root, which the original has not.
const rootOption = 'R'

func longOptions() []longOption {
	return []longOption{
		{"verbose", 'v', false}, {"config", 'c', true}, {"dryrun", 'n', false}, {"dry-run", 'n', false},
		{"default", 'd', false}, {"remove", 'r', false}, {"force", 'f', false}, {"insserv-dir", 'i', true},
		{"path", 'p', true}, {"override", 'o', true}, {"upstart-job", 'u', true}, {"silent", 'q', false},
		{"recursive", 'e', false}, {"showall", 's', false}, {"show-all", 's', false}, {"help", 'h', false},
		{"root", rootOption, true},
	}
}

const withArgument = "ciopu" + string(rune(rootOption))

// parse reads the command line as glibc's getopt_long does for insserv. stop
// is set if the command is over, with status.
func (c *command) parse(args []string) (o options, status int, stop bool) {
	o = options{path: initDir, override: overrideDir, config: configFile, upstart: upstartJob}
	fail := func(parts ...string) (options, int, bool) {
		c.err(c.argv0 + ": " + strings.Join(parts, "") + "\n")
		c.err("insserv: For help use: insserv -h\n")
		return o, ExitFailed, true
	}
	_, inOrder := c.Getenv("POSIXLY_CORRECT")
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			o.operands = append(o.operands, args[i+1:]...)
			return o, 0, false
		case strings.HasPrefix(a, "--"):
			name, value, joined := strings.Cut(a[2:], "=")
			l, possible := findLong(name)
			switch {
			case len(possible) > 0:
				return fail("option '--", name, "' is ambiguous; possibilities: ", strings.Join(possible, " "))
			case l.name == "":
				return fail("unrecognized option '--", name, "'")
			case l.arg && !joined:
				if i++; i == len(args) {
					return fail("option '--", l.name, "' requires an argument")
				}
				value = args[i]
			case !l.arg && joined:
				return fail("option '--", l.name, "' doesn't allow an argument")
			}
			if stop := c.set(&o, l.letter, value); stop != goOn {
				return o, c.stop(stop), true
			}
		case len(a) > 1 && a[0] == '-':
			for j := 1; j < len(a); j++ {
				letter := a[j]
				if strings.IndexByte("dfrhqvnesciopu", letter) < 0 {
					return fail("invalid option -- '", string(rune(letter)), "'")
				}
				value := ""
				if strings.IndexByte(withArgument, letter) >= 0 {
					if value = a[j+1:]; value == "" {
						if i++; i == len(args) {
							return fail("option requires an argument -- '", string(rune(letter)), "'")
						}
						value = args[i]
					}
					j = len(a)
				}
				if stop := c.set(&o, letter, value); stop != goOn {
					return o, c.stop(stop), true
				}
			}
		default:
			o.operands = append(o.operands, a)
			if inOrder {
				o.operands = append(o.operands, args[i+1:]...)
				return o, 0, false
			}
		}
	}
	return o, 0, false
}

// findLong finds a long option by its name or by a beginning of it that means
// one option only. possible are the names where it means several.
func findLong(name string) (l longOption, possible []string) {
	var found []longOption
	for _, o := range longOptions() {
		if o.name == name {
			return o, nil
		}
		// --root wants its whole name, so that --r means what it did.
		if strings.HasPrefix(o.name, name) && o.letter != rootOption {
			found = append(found, o)
		}
	}
	if len(found) == 0 {
		return longOption{}, nil
	}
	// Others that mean the same as the first are not told.
	for _, o := range found[1:] {
		if o.letter != found[0].letter {
			possible = append(possible, "'--"+o.name+"'")
		}
	}
	if len(possible) > 0 {
		return longOption{}, append([]string{"'--" + found[0].name + "'"}, possible...)
	}
	return found[0], nil
}

// Why set ends the command.
const (
	goOn = iota
	wantsHelp
	wantsValue
	wantsPath
)

// set takes over one option.
func (c *command) set(o *options, letter byte, value string) int {
	switch letter {
	case 'd':
		o.defaults = true
	case 'r':
		o.remove = true
	case 'f':
		o.force = true
	case 'q':
		o.silent = true
	case 'v':
		o.verbose++
	case 'n':
		o.verbose++
		o.dryRun = true
	case 's':
		o.showAll, o.dryRun = true, true
	case 'e':
		o.recursive = true
	case 'h':
		return wantsHelp
	default:
		if value == "" {
			if letter == 'i' {
				return wantsPath
			}
			return wantsValue
		}
		switch letter {
		case 'c':
			o.config, c.ownConfig = value, true
		case 'i':
			o.dependDir = value
		case 'o':
			o.override, c.ownOverride = value, true
		case 'p':
			o.path = strings.TrimSuffix(value, "/")
		case 'u':
			o.upstart = value
		case rootOption:
			o.root = value
		}
	}
	return goOn
}

func (c *command) stop(why int) int {
	switch why {
	case wantsHelp:
		system.WriteAll(c.Stdout(), []byte(help))
		return ExitOK
	case wantsPath:
		c.err("Please provide a valid path\n")
	}
	c.err("insserv: For help use: insserv -h\n")
	return ExitFailed
}

// argument splits an operand into a script's name and what follows it:
// "foo,start=2,3".
func argument(operand string) runlevel.Argument {
	if i := strings.IndexAny(operand, " ,;\t"); i >= 0 {
		return runlevel.Argument{Name: operand[:i], Levels: operand[i+1:], HasLevels: true}
	}
	return runlevel.Argument{Name: operand}
}

const help = `Usage: insserv [<options>] [init_script|init_directory]
Available options:
  -h, --help       This help.
  -r, --remove     Remove the listed scripts from all runlevels.
  -f, --force      Ignore if a required service is missed.
  -v, --verbose    Provide information on what is being done.
  -q, --silent     Do not print warnings, only fatal errors.
  -i, --insserv-dir  Place dependency files in a location other than /lib/insserv
  -p <path>, --path <path>  Path to replace /etc/init.d.
  -o <path>, --override <path> Path to replace /etc/insserv/overrides.
  -c <config>, --config <config>  Path to config file.
  -n, --dry-run     Do not change the system, only talk about it.
  -s, --show-all    Output runlevel and sequence information.
  -u <path>, --upstart-job <path> Path to replace existing upstart job path.
  -e, --recursive  Expand and enable all required services.
  -d, --default    Use default runlevels a defined in the scripts
`
