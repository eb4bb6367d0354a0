package dev.larder.examples.springboot;

import org.springframework.data.jpa.repository.JpaRepository;

/** The pots. Thread-safe. */
interface Pots extends JpaRepository<Pot, Long> {}
