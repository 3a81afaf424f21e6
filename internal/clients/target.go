//go:build linux

package clients

import (
	"os"
	"path/filepath"
)

// targetDir is where Ansible's own target is in a sandbox.
const targetDir = "/srv/target"

// playbook runs it as Ansible's test runner would.
const playbook = `- hosts: localhost
  connection: local
  roles: [service]
`

// targetTask is Ansible's own integration target for services, whose tasks and
// assertions are Ansible's. source is a directory with its source, or "apt".
func targetTask(p *place, source string, say func(string, ...any)) (task, error) {
	const role = "test/integration/targets/service"
	dir, err := sources(p, source, "ansible-core", role, say)
	if err != nil {
		return task{}, err
	}
	// The target's only machine with SysV init is CentOS 6, whose init is
	// Upstart's: there the module service does the work. The module sysvinit
	// does not answer with what the assertions ask for.
	files := map[string]string{"/usr/sbin/initctl": "#!/bin/sh\nexit 1\n", "/etc/init/README": "",
		targetDir + "/site.yml": playbook, targetDir + "/roles/prepare_tests/tasks/main.yml": "[]\n"}
	dir = filepath.Join(dir, role)
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		files[targetDir+"/roles/service/"+rel] = string(text)
		return err
	})
	play := clientEnvironment("ANSIBLE_ROLES_PATH="+targetDir+"/roles", "/usr/bin/ansible-playbook", "-i", "localhost,", "-e", "service_type=sysv",
		"-e", "ansible_python_interpreter=/usr/bin/python3", targetDir+"/site.yml")
	return task{name: "ansible's own target", layer: "ansible", files: files, steps: []step{
		step{name: "ansible-playbook", argv: play}.expect("failed=0", "TASK [service : start the ansible test service]"),
	}}, err
}
