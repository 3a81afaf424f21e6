package format

import "strings"

// Echo is the utility: args are its arguments without the name; what it
// prints is appended to out. dash's reads escape sequences always, and takes
// -n only, once; bash's takes -n, -e and -E.
func Echo(out *[]byte, args []string, d Dialect) {
	if d == Bash {
		bashEcho(out, args)
		return
	}
	end := "\n"
	if len(args) > 0 && args[0] == "-n" {
		args = args[1:]
		end = ""
	}
	b := *out
	for i, a := range args {
		if i > 0 {
			b = append(b, ' ')
		}
		if strings.IndexByte(a, '\\') < 0 {
			b = append(b, a...)
			continue
		}
		var stop bool
		if b, stop = dashExpand(b, a); stop {
			*out = b
			return
		}
	}
	*out = append(b, end...)
}

func bashEcho(out *[]byte, args []string) {
	newline, escapes := true, false
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' && strings.Trim(args[0][1:], "neE") == "" {
		for _, o := range args[0][1:] {
			switch o {
			case 'n':
				newline = false
			case 'e':
				escapes = true
			case 'E':
				escapes = false
			}
		}
		args = args[1:]
	}
	b := *out
	for i, a := range args {
		if i > 0 {
			b = append(b, ' ')
		}
		if !escapes {
			b = append(b, a...)
			continue
		}
		t, stop := bashExpand(a, inEcho, nil)
		b = append(b, t...)
		if stop {
			*out = b
			return
		}
	}
	if newline {
		b = append(b, '\n')
	}
	*out = b
}
