package house

// Target is a kind of machine that packages must build for.
type Target struct {
	OS, Arch string
	// Packages are patterns as the go command has them; those whose folder
	// does not exist yet are left out.
	Packages []string
}

// portable are the packages that never touch the machine's processes, or do
// so through package system alone: they run on the hosts of every CI.
var portable = []string{
	"./lsb/...", "./system", "./system/simulated/...", "./interp/...", "./daemon/...", "./utility/...", "./library/...",
	"./script/...", "./runlevel/...", "./rehearse/...", "./lint/...", "./migrate/...",
}

// Targets are what must build. 32 bits are for the routers and the boards
// that still boot with init scripts.
var Targets = []Target{
	{"windows", "amd64", portable},
	{"darwin", "arm64", portable},
	{"freebsd", "amd64", portable},
	{"linux", "386", []string{"./..."}},
	{"linux", "arm", []string{"./..."}},
	{"linux", "arm64", []string{"./..."}},
}
