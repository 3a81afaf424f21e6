package rehearse

// Fault says that something goes wrong in the scenario, so that it is no part
// of the contract itself.
func (s Scenario) Fault() bool { return !s.contract }
