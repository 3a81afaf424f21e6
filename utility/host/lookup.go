package host

import "sysv/utility/call"

// Lookup finds one of this package's utilities by its name, or returns nil.
func Lookup(name string) call.Func {
	switch name {
	case "[", "test":
		return Test
	case "arch":
		return Arch
	case "cmp":
		return Cmp
	case "date":
		return Date
	case "dnsdomainname", "hostname":
		return Hostname
	case "getconf":
		return Getconf
	case "link":
		return Link
	case "logger":
		return Logger
	case "nproc":
		return Nproc
	case "printenv":
		return Printenv
	case "printf":
		return Printf
	case "pwd":
		return Pwd
	case "restorecon":
		return Restorecon
	case "run-parts":
		return RunParts
	case "stty":
		return Stty
	case "sysctl":
		return Sysctl
	case "tput":
		return Tput
	case "uname":
		return Uname
	case "unlink":
		return Unlink
	case "which":
		return Which
	}
	return nil
}
